/**
 * The key by which signals name the index of the fleet, as `applicationKey` names
 * an application. `SignalKeys` derives what is sent.
 *
 * @internal
 */
export const FLEET_KEY = 'fleet';
