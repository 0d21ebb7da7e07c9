import { runSystemTest } from './lib/systemTest.mjs';

runSystemTest('hostile', 'The hostile run');
