/**
 * What Landfall assumes about Argo CD, its Image Updater and ECR. The suite
 * checks it against a sandbox or against real installations.
 *
 * @packageDocumentation
 */
export { topics } from './topics';
export type { Result, RunnableTopic, Statement } from './runner/Expectation';
export { runSuite, type SuiteReport } from './runSuite';
export { EnvironmentError, readEnvironment } from './target/environment';
export { startSandboxTarget, type SandboxTarget } from './target/sandbox';
export type { TargetConfig } from './target/TargetConfig';
