import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { format } from 'node:util';

// On a busy machine rendering takes long; a test that waits in vain still fails.
configure({ asyncUtilTimeout: 60_000 });

/** What libraries print in every test, and nothing of ours can prevent. */
const KNOWN_WARNINGS = [
  // Backstage's test apps make the router.
  /React Router Future Flag Warning/,
  // jsdom's parser of style sheets doesn't keep every rule that JSS inserts.
  /\[JSS\] processedRuleToParse is not defined/,
  // Material UI 4 animates with it.
  /findDOMNode is deprecated/,
];

const unexpected: string[] = [];

const { console: output } = globalThis;
for (const method of ['warn', 'error'] as const) {
  const print = output[method].bind(output);
  output[method] = (...args: unknown[]) => {
    const text = format(...args);
    if (!KNOWN_WARNINGS.some(known => known.test(text))) {
      unexpected.push(text);
      print(...args);
    }
  };
}

afterEach(() => {
  // A warning that fails no test is read by nobody.
  const warnings = unexpected.splice(0);
  if (warnings.length > 0) {
    throw new Error(`The test printed warnings: ${warnings.join('; ')}`);
  }
});
