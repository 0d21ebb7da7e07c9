import { runSystemTest } from './lib/systemTest.mjs';

runSystemTest('versionChanges', 'The changes of versions');
