import { runTrial } from './lib/trial.mjs';

runTrial('hostile', 'The hostile run');
