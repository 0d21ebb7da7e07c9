import { runTrial } from './lib/trial.mjs';

runTrial('situations', 'The situations');
