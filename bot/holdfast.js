#!/usr/bin/env node
import module from 'node:module';

// As package.json says: the first that runs TypeScript as it is written. Plain JavaScript here, since an older one would only name a syntax that it does not know.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`holdfast needs Node 22.18 or newer; this is ${process.version} (NODE_TOO_OLD)`);
  console.error('  npm ci brings one along: run `npx holdfast`, which takes it');
  process.exit(2);
}
// Node keeps the stripped TypeScript in its compile cache: with it `--help` starts about as fast as an empty process.
module.enableCompileCache();
// Our own files name one another by the whole relative path: Node need not look each of hundreds up on disk, nor the package that it belongs to.
module.registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('.') && specifier.endsWith('.ts')
      ? { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
await import('./cli.ts');
