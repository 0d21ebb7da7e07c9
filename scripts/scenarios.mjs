import { runSystemTest } from './lib/systemTest.mjs';

runSystemTest('scenarios', 'The scenarios');
