import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/** What real systems answered, beside the repository. */
export const RECORDINGS = resolve(
  __dirname,
  '../../../../../../shared/contracts/recordings/ecr',
);

const exchangeSchema = z.object({
  title: z.string(),
  request: z.object({
    target: z.string(),
    body: z.record(z.string(), z.unknown()),
  }),
  response: z.object({ status: z.number(), body: z.unknown() }),
});

/** A recorded exchange, and its file's name without `.json`. */
export type Exchange = z.infer<typeof exchangeSchema> & { file: string };

/** The recorded exchanges in the order in which they ran. */
export function recordedExchanges(): Exchange[] {
  return readdirSync(RECORDINGS)
    .filter(name => /^\d+-.*\.json$/.test(name))
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(name => ({
      file: name.replace(/\.json$/, ''),
      ...exchangeSchema.parse(
        JSON.parse(readFileSync(join(RECORDINGS, name), 'utf8')),
      ),
    }));
}
