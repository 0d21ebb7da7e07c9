import { formatMessage } from '@landfall/backstage-plugin-delivery-common';
import { type Report, timelineText } from './expectations';
import type { ScenarioRun } from './ScenarioRun';
import type { Scenario, Step } from './types';

/** The result of a scenario. */
export interface ScenarioResult {
  scenario: Scenario;
  /** Excludes the time for setting it up. */
  seconds: number;
  /** What the portal reported, for each expectation that was met. */
  reports: Report[];
  /** Why the result isn't as expected; absent if it is. */
  failure?: string;
  /** Everything that the portal reported, with the times. */
  history: string[];
}

/** Runs a scenario and compares the portal's reports with its expectations. */
export async function runScenario(
  scenario: Scenario,
  run: ScenarioRun,
): Promise<ScenarioResult> {
  let startedAt = Date.now();
  const reports: Report[] = [];
  let failure: string | undefined;
  try {
    await run.setUp();
    startedAt = Date.now();
    for (const step of scenario.steps) {
      reports.push(...(await take(step, run)));
    }
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  return {
    scenario,
    seconds: (Date.now() - startedAt) / 1000,
    reports,
    ...(failure !== undefined && { failure }),
    history: run.portal.history(run.name),
  };
}

/** @returns what the portal reported, if the step has an expectation */
async function take(step: Step, run: ScenarioRun): Promise<Report[]> {
  const { portal, name } = run;
  if ('code' in step) {
    return [await portal.untilReports(name, step)];
  }
  if ('verdict' in step) {
    const { reason } = await portal.untilVerdict(name, step);
    return [{ code: step.verdict, message: formatMessage(reason) }];
  }
  if ('timeline' in step) {
    await portal.untilTimeline(name, step);
    return [{ code: 'timeline', message: timelineText(step.timeline) }];
  }
  if ('ownCommit' in step) {
    await portal.untilOwnCommits(step);
    return [{ code: 'own-commit', message: step.ownCommit.join(', ') }];
  }
  await step.run(run);
  return [];
}
