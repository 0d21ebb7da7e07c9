import { buildImage, type BuiltImage } from '@landfall/testing-kit';
import { type Architecture, sleepingProgram } from './program';

/**
 * A small image that really runs: its only file sleeps. Different labels give
 * different digests.
 *
 * @param options - `created`: what the updater's newest-build strategy sorts by
 */
export function sleepingImage(options: {
  architecture: Architecture;
  label: string;
  created: Date;
}): BuiltImage {
  const { architecture, label, created } = options;
  return buildImage({
    file: {
      path: 'sleep',
      content: sleepingProgram(architecture),
      executable: true,
    },
    entrypoint: ['/sleep'],
    labels: { 'dev.landfall.conformance': label },
    created,
    platform: `linux/${architecture}`,
  });
}
