import { formatMessage } from '@landfall/backstage-plugin-delivery-common';
import { timelineText } from './report';
import type { Scene } from './Scene';
import type { Said, Situation, Step } from './types';

/** What came of a situation. */
export interface SituationResult {
  situation: Situation;
  /** Without the time to set it up. */
  seconds: number;
  /** What the portal said, for each expectation that was met. */
  said: Said[];
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
  const said: Said[] = [];
  let failure: string | undefined;
  try {
    await scene.setUp();
    startedAt = Date.now();
    for (const step of situation.steps) {
      said.push(...(await take(step, scene)));
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

/** @returns what the portal said, for a step that expects something of it */
async function take(step: Step, scene: Scene): Promise<Said[]> {
  const { portal, name } = scene;
  if ('code' in step) {
    return [await portal.untilSays(name, step)];
  }
  if ('verdict' in step) {
    const { reason } = await portal.untilJudges(name, step);
    return [{ code: step.verdict, message: formatMessage(reason) }];
  }
  if ('timeline' in step) {
    await portal.untilTimeline(name, step);
    return [{ code: 'timeline', message: timelineText(step.timeline) }];
  }
  await step.run(scene);
  return [];
}
