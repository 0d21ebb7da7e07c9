/**
 * A simulated application with its registry, configuration and updater, to test
 * what is derived from their observations.
 *
 * @packageDocumentation
 */
export { API, Simulation, type Told } from './testing/simulation';
