import { runSandbox } from './runSandbox';

runSandbox();
