import { describeWith } from '@landfall/testing-kit';
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

/** What the suites run against: the same cases on each. */
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
