import { runSandbox } from '@landfall/sandbox';
import { fleetExtension } from './fleetExtension';

// The sandbox's command line, with a fleet in Argo CD.
runSandbox(fleetExtension);
