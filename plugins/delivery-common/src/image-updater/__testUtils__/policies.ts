import { type ImagePolicy, imagePolicies } from '../settings/images';
import type { ImageConfig, UpdateSettings } from '../settings/types';

/** The policy of one image, as a resource would set it. */
export function policyOf(
  imageName: string,
  settings: UpdateSettings = {},
  targets?: ImageConfig['manifestTargets'],
): ImagePolicy {
  const [policy] = imagePolicies(
    [
      {
        alias: 'app',
        imageName,
        commonUpdateSettings: settings,
        manifestTargets: targets,
      },
    ],
    {},
    { report: () => {} },
  );
  return policy;
}
