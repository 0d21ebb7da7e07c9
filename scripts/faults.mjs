import { runTrial } from './lib/trial.mjs';

runTrial('faults', 'The fault runs');
