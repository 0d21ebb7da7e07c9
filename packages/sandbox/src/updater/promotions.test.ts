import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { z } from 'zod';
import { kubernetesObject } from './__testUtils__/FakeKubernetes';
import { recordedCommits } from './__testUtils__/recordedPromotion';
import { Workbench } from './__testUtils__/Workbench';

let bench: Workbench;

beforeEach(async () => {
  bench = await Workbench.start();
});

afterEach(async () => {
  await bench.stop();
});

/**
 * The real updater loses blank lines when it reprints a file. This one keeps
 * them.
 */
function linesOf(text: string): string[] {
  return text.split('\n').filter(line => line.trim() !== '');
}

describe('recorded promotions', () => {
  const resources = z
    .object({
      body: z.object({
        items: z.array(
          z.looseObject({
            metadata: z.object({
              name: z.string(),
              namespace: z.string(),
              generation: z.number(),
            }),
            spec: z.record(z.string(), z.unknown()),
          }),
        ),
      }),
    })
    .parse(readRecordingJson('updater/cr-list.json')).body.items;

  /**
   * Recorded digests belong to the images of the recorded registry, which don't
   * exist here.
   */
  const files = recordedFiles('promotions').filter(
    file =>
      !file.startsWith('digest') && recordedCommits(file).commits.length > 0,
  );

  it('are at least one of each write-back kind', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'helmvalues.json',
        'argocd-source.json',
        'kustomize.json',
        'newest-build.json',
        'superseded.json',
      ]),
    );
  });

  /** A recorded object, with its repository on this test's Git host. */
  const here = (value: object) =>
    kubernetesObject(
      JSON.parse(
        JSON.stringify(value).replaceAll(
          'http://127.0.0.1:3300/deploy.git',
          bench.repository,
        ),
      ),
    );

  it.each(files)('%s', async file => {
    for (const recorded of recordedCommits(file).commits) {
      const [, repository = '', newTag = ''] =
        /updates image (\S+) tag '[^']*' to '([^']*)'/.exec(recorded.message) ??
        [];
      await bench.push(repository, newTag, {
        created: new Date('2026-01-01T00:00:00Z'),
      });
      await prepare(recorded.path, recorded.before);
      const application = here(recorded.application);
      bench.kubernetes.applications = [application];
      bench.kubernetes.imageUpdaters = resources
        .filter(({ metadata }) => metadata.name === application.metadata.name)
        .map(({ metadata, spec }) => here({ metadata, spec }));
      const updater = bench.updater ?? (await bench.startUpdater());
      await updater.runCycle();

      expect(linesOf(await bench.file(recorded.path))).toEqual(
        linesOf(recorded.after),
      );
      const [commit] = await bench.commits();
      expect(commit).toEqual({
        author: recorded.author,
        message: `${recorded.message.trimEnd()}\n`,
        files: [recorded.path],
      });
    }
  });

  /** Restores the file as it was. A second commit continues from the first. */
  async function prepare(path: string, before?: string): Promise<void> {
    if (before !== undefined && (await bench.fileOrNone(path)) !== before) {
      await bench.commit({ [path]: before });
    }
  }
});
