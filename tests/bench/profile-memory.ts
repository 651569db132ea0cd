import { openDuckDbLog } from '../../pipelines/adapters/duckdb/open-duckdb-log.ts';
import { AS_OF, DAYS, flightDefinition, GRIDS } from './flights-log.ts';

// Run as a process of its own by the benchmark: does one thing to all windows and prints the most memory that it ever held, in MB.
const [dataRoot = '', task = ''] = process.argv.slice(2);
const log = await openDuckDbLog({ definition: flightDefinition(), dataRoot });
const rows = task === 'profile' ? profiled(await log.profile(DAYS, GRIDS, AS_OF)) : labelled(await log.cubes(DAYS, AS_OF));
log.close();
console.log(JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1000, rows }));

function profiled(profiles: Awaited<ReturnType<typeof log.profile>>): number {
  return profiles.reduce((sum, profile) => sum + profile.rows, 0);
}

function labelled(cubes: Awaited<ReturnType<typeof log.cubes>>): number {
  return cubes.reduce((sum, cube) => sum + cube.labelled, 0);
}
