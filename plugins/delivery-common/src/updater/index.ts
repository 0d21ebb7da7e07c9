export * from './annotations';
export * from './commitMessage';
