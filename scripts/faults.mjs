import { runSystemTest } from './lib/systemTest.mjs';

runSystemTest('faults', 'The fault runs');
