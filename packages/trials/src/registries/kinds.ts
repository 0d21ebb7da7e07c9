import { findMoto, MotoRegistry } from './MotoRegistry';
import type { RegistryUnderTest } from './RegistryUnderTest';
import { SandboxRegistry } from './SandboxRegistry';

/** A registry that suites run against. */
interface RegistryKind {
  name: string;
  /** Skips what needs a tool that isn't installed. */
  describeIt: (name: string, tests: () => void) => void;
  start(): Promise<RegistryUnderTest>;
}

// Where all tools have been installed, a missing one must not go unnoticed.
const hasMoto =
  findMoto() !== undefined || Boolean(process.env.LANDFALL_REQUIRE_TOOLS);

/** What the suites run against: the same cases on each. */
export const REGISTRIES: readonly RegistryKind[] = [
  {
    name: 'the sandbox',
    describeIt: describe,
    start: () => SandboxRegistry.start(),
  },
  {
    name: 'moto',
    describeIt: hasMoto ? describe : describe.skip,
    start: () => MotoRegistry.start(),
  },
];
