import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openImage } from './image.ts';
import { WAYS } from './imageWays.ts';
import { Portal } from './portal.ts';
import { ownConfig, type PortalAddresses, variablesOf } from './portalStart.ts';

for (const { name, skip, configs, environment } of WAYS) {
  describe(
    `the image, started ${name} without`,
    { skip, concurrency: 2 },
    () => {
      const given = skip ? [] : requiredVariables(configs());

      for (const missing of given) {
        it(`${missing} ends, and names it`, async () => {
          const portal = new Portal(openImage());
          try {
            const { [missing]: _, ...others } = environment(portal, NOWHERE);
            portal.start(others, [...configs(), ownConfig(portal, NOWHERE)]);
            assert.equal(await portal.exitCode(), 1);
            assert.match(portal.output, /^The portal was not started: /m);
            assert.deepEqual(
              [...portal.output.matchAll(/^ {2}(\w+) \(for \w/gm)].map(
                ([, found]) => found,
              ),
              [missing],
            );
          } finally {
            await portal.stop();
          }
        });
      }
    },
  );
}

/** Nothing is reached that early. */
const NOWHERE: PortalAddresses = {
  port: 9,
  postgresPort: '9',
  postgresCa: 'none',
  neighboursUrl: 'http://127.0.0.1:9',
  metadataUrl: 'http://127.0.0.1:9',
};

/** The variables without a default in configuration files of the image. */
function requiredVariables(configs: readonly string[]): string[] {
  const { folder } = openImage();
  const found = configs.flatMap(file =>
    variablesOf(readFileSync(join(folder, file), 'utf8')),
  );
  return [...new Set(found)].sort();
}
