import {
  type Deployment,
  displayVersion,
  type ImageVersion,
  repositoryPath,
} from '@landfall/backstage-plugin-delivery-common';
import { aboutApplication, statement, waitingStatement } from './sentences';

/**
 * What an application runs, what Git wants, and what a version waits for.
 *
 * @internal
 */
export function describeDeployment(
  { application, images, waiting }: Deployment,
  environment: string,
): string {
  return aboutApplication(application, environment, [
    ...images.flatMap(({ repository, running, desired }) => [
      runsStatement({ repository, running }),
      ...(desired
        ? [
            statement({
              code: 'answer.wants',
              parameters: {
                version: displayVersion(desired),
                repository: repositoryPath(repository),
              },
            }),
          ]
        : []),
    ]),
    ...(waiting ? [waitingStatement(waiting)] : []),
  ]);
}

/** @internal */
export function runsStatement({
  repository,
  running,
}: {
  repository: string;
  running: readonly ImageVersion[];
}) {
  return running.length === 0
    ? statement({
        code: 'answer.runs-none',
        parameters: { repository: repositoryPath(repository) },
      })
    : statement({
        code: 'answer.runs',
        parameters: {
          version: running.map(displayVersion).join(', '),
          repository: repositoryPath(repository),
        },
      });
}

/** @internal */
export function runsTag({ images }: Deployment, tag: string): boolean {
  return images.some(({ running }) =>
    running.some(version => version.tag === tag),
  );
}
