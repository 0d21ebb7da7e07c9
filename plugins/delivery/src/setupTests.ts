import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { format } from 'node:util';

// Rendering is slow on a busy machine. A test whose condition never holds still
// fails.
configure({ asyncUtilTimeout: 60_000 });

/** Warnings that libraries print in every test and that we can't prevent. */
const KNOWN_WARNINGS = [
  // Backstage's test apps create the router.
  /React Router Future Flag Warning/,
  // jsdom's style sheet parser doesn't keep every rule that JSS inserts.
  /\[JSS\] processedRuleToParse is not defined/,
  // Material UI 4 uses it for animations.
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
  // Nobody reads a warning that fails no test.
  const warnings = unexpected.splice(0);
  if (warnings.length > 0) {
    throw new Error(`The test printed warnings: ${warnings.join('; ')}`);
  }
});
