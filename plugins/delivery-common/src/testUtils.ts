/**
 * An application with its registry, configuration and updater, simulated, to test
 * what is made of their observations.
 *
 * @packageDocumentation
 */
export { API, Simulation, type Told } from './testing/simulation';
