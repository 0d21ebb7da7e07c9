import fc from 'fast-check';
import { z } from 'zod';
import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { argoCdRecordings } from '../../__testUtils__/recordings';
import { sendJson } from '../../__testUtils__/httpServer';
import { ServedClient } from '../../__testUtils__/ServedClient';
import { decodeApplication } from './application';
import { UndecodableApplicationError } from './errors';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = (string | number)[];

const applicationSchema = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
  }),
  spec: z.looseObject({ project: z.string() }),
});

/** All distinct Applications in the recordings. */
function recordedApplications(): Json[] {
  const found = new Map<string, Json>();
  const look = (value: unknown) => {
    if (applicationSchema.safeParse(value).success) {
      found.set(JSON.stringify(value), z.json().parse(value));
    } else if (typeof value === 'object' && value !== null) {
      Object.values(value).forEach(look);
    }
  };
  argoCdRecordings().forEach(({ response, lines }) => {
    look(response?.body);
    lines?.forEach(({ line }) => {
      if (line.startsWith('data:')) {
        look(JSON.parse(line.slice('data:'.length)));
      }
    });
  });
  recordedFiles('promotions').forEach(file =>
    look(readRecordingJson(`promotions/${file}`)),
  );
  return [...found.values()];
}

function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) {
    return [path];
  }
  const children = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [
    path,
    ...children.flatMap(([key, child]) => pathsOf(child, [...path, key])),
  ];
}

/** Copies the value with another value at one path; `undefined` removes it. */
function changed(value: Json, path: Path, to: Json | undefined): Json {
  const [key, ...rest] = path;
  if (key === undefined) {
    return to ?? null;
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (index !== key) {
        return [item];
      }
      return rest.length === 0 && to === undefined
        ? []
        : [changed(item, rest, to)];
    });
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { [key]: before, ...others } = value;
  return rest.length === 0 && to === undefined
    ? others
    : { ...others, [key]: changed(before, rest, to) };
}

const applications = recordedApplications();

const anything: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<Json>(null, '', 0, -1, true, [], {}, [null], 'x', {
    a: [1],
  }),
  fc.jsonValue().map(value => z.json().parse(value)),
);

/** A recorded application with one to three changed places. */
const damaged = fc
  .record({
    index: fc.nat(applications.length - 1),
    changes: fc.array(fc.record({ at: fc.nat(), to: anything }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(({ index, changes }) => {
    const paths: string[] = [];
    let application = applications[index];
    for (const { at, to } of changes) {
      const all = pathsOf(application);
      const path = all[at % all.length];
      paths.push(path.join('.'));
      application = changed(application, path, to);
    }
    return { application, paths };
  });

const NO_ERROR = new UndecodableApplicationError(
  'main',
  undefined,
  new z.ZodError([]),
);

/** Removes list indexes, which shift when an earlier item is removed. */
function withoutIndexes(path: string): string {
  return path
    .split('.')
    .filter(part => !/^\d+$/.test(part))
    .join('.');
}

function isWithin(a: string, b: string): boolean {
  return a === '' || `${a}.`.startsWith(`${b}.`) || `${b}.`.startsWith(`${a}.`);
}

describe('decoding applications', () => {
  it('succeeds for every recorded application, of which there are many', () => {
    expect(applications.length).toBeGreaterThan(300);
    for (const application of applications) {
      const decoded = decodeApplication('main', application);
      expect(decoded.ok || decoded.error.message).toBe(true);
    }
  });

  it('succeeds or reports the field, whatever value is in any place', () => {
    let refused = 0;
    fc.assert(
      fc.property(damaged, ({ application, paths }) => {
        const decoded = decodeApplication('main', application);
        const error = decoded.ok ? undefined : decoded.error;
        refused += error ? 1 : 0;
        expect(error ?? NO_ERROR).toBeInstanceOf(UndecodableApplicationError);
        // The reported field is a changed place, or something in or around one.
        const changes = paths.map(withoutIndexes);
        expect(
          (error?.fields ?? []).filter(
            field =>
              !changes.some(change => isWithin(change, withoutIndexes(field))),
          ),
        ).toEqual([]);
      }),
      { numRuns: 5000 },
    );
    // Otherwise this test would prove nothing.
    expect(refused).toBeGreaterThan(100);
  });

  it('ignores fields that Argo CD doesn’t have yet', () => {
    fc.assert(
      fc.property(
        fc.nat(applications.length - 1),
        fc.nat(),
        fc.jsonValue(),
        (index, at, value) => {
          const application = applications[index];
          const objects = pathsOf(application).filter(path => {
            const there = path.reduce<unknown>(
              (inner, key) => Reflect.get(Object(inner), key),
              application,
            );
            // In labels and annotations every key is known.
            return (
              typeof there === 'object' &&
              there !== null &&
              !Array.isArray(there) &&
              !/labels|annotations/.test(path.join('.'))
            );
          });
          const path = objects[at % objects.length];
          expect(
            decodeApplication(
              'main',
              changed(
                application,
                [...path, 'aFieldOfTheFuture'],
                z.json().parse(value),
              ),
            ),
          ).toEqual(decodeApplication('main', application));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('hides no other application when one can’t be read, in a list and in a stream', async () => {
    let items: Json[] = [];
    const served = await ServedClient.start(({ pathname }, response) => {
      if (pathname === '/api/v1/applications') {
        sendJson(response, 200, { items });
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const application of items) {
        response.write(
          `data: ${JSON.stringify({
            result: { type: 'MODIFIED', application },
          })} \n\n`,
        );
      }
      response.end();
    });
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.nat(applications.length - 1),
          fc.array(damaged, { minLength: 1, maxLength: 3 }),
          fc.nat(applications.length - 1),
          async (first, between, last) => {
            items = [
              applications[first],
              ...between.map(({ application }) => application),
              applications[last],
            ];
            const expected = items.map(item => decodeApplication('main', item));
            const read = expected.flatMap(one =>
              one.ok ? [one.application] : [],
            );

            const list = await served.client.listApplications();
            expect(list.applications).toEqual(read);
            expect(list.undecodable).toHaveLength(items.length - read.length);

            const events = [];
            for await (const event of served.client.streamApplications({
              signal: new AbortController().signal,
            })) {
              events.push(event);
            }
            expect(
              events.map(event =>
                event.type === 'changed' ? event.application : event.type,
              ),
            ).toEqual(
              expected.map(one => (one.ok ? one.application : 'undecodable')),
            );
          },
        ),
        { numRuns: 200 },
      );
    } finally {
      await served.stop();
    }
  });
});
