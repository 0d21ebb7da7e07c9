import { describeWith } from '@landfall/testing-kit';
import { findMoto, MotoRegistry } from './MotoRegistry';
import type { RegistryUnderTest } from './RegistryUnderTest';
import { SandboxRegistry } from './SandboxRegistry';

/** A registry that the suites run against. */
interface RegistryKind {
  name: string;
  /** Skips the tests if they need a tool that isn't installed. */
  describeIt: (name: string, tests: () => void) => void;
  start(): Promise<RegistryUnderTest>;
}

/** The suites run the same cases against each of these. */
export const REGISTRIES: readonly RegistryKind[] = [
  {
    name: 'the sandbox',
    describeIt: describe,
    start: () => SandboxRegistry.start(),
  },
  {
    name: 'moto',
    describeIt: describeWith({
      name: 'moto',
      isInstalled: findMoto() !== undefined,
      install: 'node scripts/moto.mjs (with Python 3)',
    }),
    start: () => MotoRegistry.start(),
  },
];
