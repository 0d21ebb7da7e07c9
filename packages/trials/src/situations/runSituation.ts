import type { StuckReason } from '@landfall/backstage-plugin-delivery-common';
import type { Scene } from './Scene';
import type { Situation } from './types';

/** What came of a situation. */
export interface SituationResult {
  situation: Situation;
  /** Without the time to set it up. */
  seconds: number;
  /** What the portal said, for each expectation that was met. */
  said: StuckReason[];
  /** Why it isn't as expected; absent if it is. */
  failure?: string;
  /** All that the portal said, with the time. */
  history: string[];
}

/** Brings a situation about and asks the portal what it says of it. */
export async function runSituation(
  situation: Situation,
  scene: Scene,
): Promise<SituationResult> {
  let startedAt = Date.now();
  const said: StuckReason[] = [];
  let failure: string | undefined;
  try {
    await scene.setUp();
    startedAt = Date.now();
    for (const step of situation.steps) {
      if ('code' in step) {
        said.push(await scene.portal.untilSays(scene.name, step));
      } else {
        await step.run(scene);
      }
    }
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  return {
    situation,
    seconds: (Date.now() - startedAt) / 1000,
    said,
    ...(failure !== undefined && { failure }),
    history: scene.portal.history(scene.name),
  };
}
