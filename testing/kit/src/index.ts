/**
 * Helpers shared by the tests of all packages, and by the sandbox. No package
 * that is published imports them.
 *
 * @packageDocumentation
 */
export * from './cgi';
export * from './charts';
export * from './combinations';
export * from './git';
export * from './GitServer';
export * from './images';
export * from './OidcProvider';
export * from './serviceChart';
export * from './SignInVisitor';
export * from './imageUpdater';
export * from './KubernetesServer';
export * from './ports';
export * from './tools';
export * from './updaterCases';
export * from './vendored';
export * from './waiting';
