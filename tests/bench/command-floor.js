import { enableCompileCache } from 'node:module';

// Run as a process of its own by the benchmark: what a command with the log engine cannot save, however little it does. Loads the library,
// opens the engine as every command does, and asks one question of one folder of logs; with the argument `packages` it first loads what reads
// a definition. JavaScript, as bot/holdfast.js is: a TypeScript entry would be stripped before the compile cache is there.
enableCompileCache();
const [dataRoot = '', packages] = process.argv.slice(2);
if (packages === 'packages') await Promise.all([import('zod'), import('yaml')]);
const { openEngine } = await import('../../pipelines/adapters/duckdb/engine.ts');
const engine = await openEngine({ dataRoot, memoryLimit: '192MB', threads: 2 });
const table = await engine.query(`SELECT count(*)::DOUBLE AS n FROM read_parquet('${engine.dataRoot}/flight-delay/predictions/*.parquet')`);
engine.close();
console.log(table.numbers('n')[0]);
