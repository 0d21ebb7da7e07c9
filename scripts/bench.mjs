import { join } from 'node:path';
import { ensureFrontend } from './lib/frontend.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensureNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { Failure, main } from './lib/say.mjs';
import { TRANSFORM } from './lib/services.mjs';

const HELP = `yarn bench policy

Measures how long it takes to evaluate the update policies of 10,000 applications
for repositories with 1,000 tags, and to read a repository with 10,000 images from
the sandbox's ECR. Takes about a minute.

yarn bench fleet [options]

Measures what the fleet page asks of the portal, with sign-in and permissions, for
3,000 services with 10,000 applications: one view after another and those of 100
users at once, while nothing changes and while 20 events a second come. Then opens
the page in a Chromium and scrolls it, and asks for the delivery performance of all
services with 200,000 deployments. Takes about twenty minutes on two cores for each
database, most of it until the catalog has the services.

  --services <number>    services in the catalog (3000)
  --applications <number>
                         applications in Argo CD (10000)
  --databases <names>    of sqlite and postgres (sqlite,postgres)

yarn bench herd [options]

Measures what 500 open pages ask for when an application changes, when one appears,
and when an instance of Argo CD flaps. Takes about five minutes.

  --clients <number>     open pages, each with its own user and socket (500)
  --databases <names>    of sqlite and postgres (sqlite,postgres)

yarn bench page [options]

Measures what views of an entity's page cost the portal, with sign-in and
permissions: one view after another and those of 100 users at once, for many
applications in Argo CD, and for one entity with a long history. Takes about ten
minutes on two cores.

  --sizes <numbers>      numbers of applications (100,1000,10000)
  --databases <names>    of sqlite and postgres (sqlite,postgres)
  --images <number>      images in the repository with a long history (36000)
  --promotions <number>  promotions of the application with a long history (20000)
  --cold                 keeps nothing in memory: what it costs to make an answer

yarn bench peers [options]

Measures the page of the same entity, on the same Argo CD, in Landfall and in the
Argo CD plugins of Roadie and the community, each with its own frontend's requests:
calls to Argo CD, size, one view, 100 views at once, and one view while one of
several instances hangs. Landfall's callers are signed in and permissions are
checked; the peers' are not. Installs the peers from npm into .tools/peers.

  --instances <numbers>  numbers of Argo CD instances (1,3)
  --rounds <number>      how often each is measured, in turn (2)

yarn bench scale [options]

Measures several replicas of the portal with one PostgreSQL and many instances of
Argo CD: the time until all applications are stored, which replica watches how many
instances, the time from an event to its row, and the memory of each replica.

  --instances <number>   instances of Argo CD (20)
  --size <number>        applications of each instance (5000)
  --replicas <number>    replicas of the portal (3)
  --rate <number>        events a second of each instance (1)
  --seconds <number>     how long events come for each measurement (30)
  --rounds <number>      how often they are measured (3)

yarn bench watch [options]

Measures the watch of Argo CD with a sandbox and a portal as real processes, on
SQLite and on a PostgreSQL out of npm: the first read of all applications beside
a bare download of the same list, the time from Argo CD's event to the committed
row, the sustained events per second, another read without changes, and memory.
Takes about fifteen minutes on two cores. All figures are kept in artifacts/.

  --sizes <numbers>      numbers of applications (100,1000,10000)
  --databases <names>    of sqlite and postgres (sqlite,postgres)
  --rate <number>        events a second for the time to the row (20)
  --rates <numbers>      events a second that are tried with the largest size
                         (50,100,200,300,400,600,800,1200)
  --seconds <number>     how long events come for each measurement (20)
  --large                applications of 60 KB (40 resources, 10 entries of history)
`;

const BENCHMARKS = {
  fleet: 'testing/system/src/bench/fleetPage/main.ts',
  herd: 'testing/system/src/bench/herd/main.ts',
  page: 'testing/system/src/bench/page/main.ts',
  peers: 'testing/system/src/bench/peers/main.ts',
  policy: 'testing/system/src/bench/policy/main.ts',
  scale: 'testing/system/src/bench/scale/main.ts',
  watch: 'testing/system/src/bench/watch/main.ts',
};

main(async () => {
  const [what, ...args] = process.argv.slice(2);
  if (what === undefined || what === '--help' || args.includes('--help')) {
    console.log(HELP);
    return;
  }
  if (!Object.hasOwn(BENCHMARKS, what)) {
    throw new Failure(`There is no benchmark ${what}.\n\n${HELP}`);
  }
  const { node, env } = await ensureNode();
  await ensureInstalled({ node, env });
  if (what === 'fleet') {
    await ensureFrontend({ node, env });
  }
  process.exitCode = await run(
    node,
    [
      '--no-node-snapshot',
      ...TRANSFORM,
      join(root, BENCHMARKS[what]),
      '--output',
      join(root, `artifacts/bench-${what}.json`),
      ...args,
    ],
    { env, check: false, what: 'The benchmark' },
  );
});
