import { type ApplicationView, summaryOf } from '../../argocd/application';
import type { Commit, ConfigBranch } from '../../git/ConfigBranch';
import { at, list } from '../../http/json';
import type { ImageRepository } from '../../registry/ImageRepository';
import { expectEqual, expectMatch, expectThat } from '../../runner/assertions';
import type { Files } from '../../installation/fixtures';
import { Policy } from '../../installation/Policy';
import type { TestApplication } from '../../installation/TestApplication';
import type {
  ApplicationInput,
  Installation,
} from '../../installation/Installation';

export const ANNOTATION = 'argocd-image-updater.argoproj.io';
const UPDATER = 'argocd-image-updater <noreply@argoproj.io>';

/**
 * An application, its image repository, and the ImageUpdater that manages it.
 */
export interface UpdaterFixture {
  installation: Installation;
  name: string;
  branch: ConfigBranch;
  images: ImageRepository;
  app: TestApplication;
  policy: Policy;
  /** The branch's commit before the updater could write. */
  base: string;
}

/** What a fixture consists of. */
export interface UpdaterFixtureInput {
  name: string;
  /** Tags that exist from the start. The application runs the first one. */
  tags: string[];
  files(context: {
    images: ImageRepository;
    installation: Installation;
  }): Files;
  application(context: {
    images: ImageRepository;
    branch: ConfigBranch;
    installation: Installation;
  }): Omit<ApplicationInput, 'name' | 'branch'>;
  spec(context: {
    images: ImageRepository;
    branch: ConfigBranch;
    installation: Installation;
    app: string;
  }): object;
}

/** Deploys the application with its first image, then adds the ImageUpdater. */
export async function createUpdaterFixture(
  installation: Installation,
  input: UpdaterFixtureInput,
): Promise<UpdaterFixture> {
  const { name, tags } = input;
  const branch = await installation.branch(name);
  const images = await installation.images(name);
  await images.push(tags[0]);
  await branch.commit(input.files({ images, installation }));
  const app = await installation.createApplication({
    name,
    branch,
    automated: { prune: true, selfHeal: true },
    ...input.application({ images, branch, installation }),
  });
  await app.settled(`${installation.named(name)}:${tags[0]}`);
  for (const tag of tags.slice(1)) {
    await images.push(tag);
  }
  const base = await branch.head();
  const policy = await Policy.apply(installation, {
    name,
    branch,
    spec: input.spec({ images, branch, installation, app: app.name }),
  });
  return { installation, name, branch, images, app, policy, base };
}

/** The updater's commits, oldest first. */
export async function updatesOf({
  branch,
  base,
}: UpdaterFixture): Promise<Commit[]> {
  return (await branch.since(base)).filter(
    ({ author }) => !author.startsWith('Landfall conformance'),
  );
}

/** Waits until the updater has made the given number of commits. */
export async function committed(
  fixture: UpdaterFixture,
  count: number,
): Promise<Commit[]> {
  const { installation, policy, app } = fixture;
  await app.refresh();
  let status: unknown;
  let view: ApplicationView | undefined;
  const commits = await installation.timeout.until(
    `the updater has made ${count} commits`,
    async () => {
      status = await policy.status();
      view = await app.read();
      return updatesOf(fixture);
    },
    made => made.length >= count,
    {
      show: made => ({
        commits: made.length,
        application: view && summaryOf(view),
        status,
      }),
    },
  );
  // Without this, Argo CD would notice the commit minutes later.
  await app.refresh();
  return commits;
}

/**
 * Checks the author, the message and the single file of an updater's commit.
 */
export function expectUpdate(
  fixture: UpdaterFixture,
  commit: Commit,
  expected: { file: string; from: string; to: string },
): void {
  const { app, images } = fixture;
  expectEqual('author', commit.author, UPDATER);
  expectEqual('committer', commit.committer, UPDATER);
  expectEqual(
    'message',
    commit.message.trimEnd(),
    `build: automatic update of ${app.name}\n\nupdates image ${images.shortName} tag '${expected.from}' to '${expected.to}'`,
  );
  expectEqual('changed files', commit.files, [expected.file]);
}

/** The name of the live image with the given tag. */
export const imageOf = ({ installation, name }: UpdaterFixture, tag: string) =>
  `${installation.named(name)}:${tag}`;

/** Checks the status of an ImageUpdater that just updated an application. */
export async function expectUpdatedStatus({
  policy,
  installation,
}: UpdaterFixture): Promise<void> {
  const status = await installation.timeout.until(
    'the status has the time of an update',
    () => policy.status(),
    now => !Number.isNaN(Date.parse(String(at(now, 'lastUpdatedAt')))),
  );
  expectMatch('status', status, { applicationsMatched: 1, imagesManaged: 1 });
  expectConditions(status);
}

/** Checks that the resource is ready and has no errors. */
export function expectConditions(status: unknown): void {
  const conditions = new Map(
    list(at(status, 'conditions')).map(condition => [
      at(condition, 'type'),
      at(condition, 'status'),
    ]),
  );
  expectEqual('Ready', conditions.get('Ready'), 'True');
  expectEqual('Error', conditions.get('Error'), 'False');
  expectThat('Reconciling is present', conditions.has('Reconciling'), status);
}
