/** A program that tests need and that npm doesn't provide. */
export interface Tool {
  name: string;
  isInstalled: boolean;
  /** The command that installs it. */
  install: string;
}

/**
 * The `describe` for tests that need a tool. If the tool is missing, the tests
 * are skipped, and their name contains the install command, which `npm test`
 * prints at the end. With LANDFALL_REQUIRE_TOOLS they run anyway, so that a
 * missing tool is a failure.
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
