/** A program that tests need and that npm doesn't bring. */
export interface Tool {
  name: string;
  isInstalled: boolean;
  /** The command that installs it. */
  install: string;
}

/**
 * The `describe` of tests that need a tool. Where it is missing they are skipped
 * under a name that says how to get it, which `npm test` prints at the end. With
 * LANDFALL_REQUIRE_TOOLS they run anyway, so that a missing tool is a failure.
 */
export function describeWith(
  tool: Tool,
): (name: string, tests: () => void) => void {
  if (tool.isInstalled || process.env.LANDFALL_REQUIRE_TOOLS) {
    return describe;
  }
  const { skip } = describe;
  return (name, tests) =>
    skip(`${name} [needs ${tool.name}: ${tool.install}]`, tests);
}
