/**
 * A simulated application with its registry, configuration and updater, to test
 * what is derived from their observations.
 *
 * @packageDocumentation
 */
export {
  type Deployed,
  type Revision,
  SimulatedApplication,
  type SimulationOptions,
  type SimulatedObservation,
} from './testing/simulatedApplication';
export { SimulatedArgoCd } from './testing/simulatedArgoCd';
export { API, Simulation } from './testing/simulation';
