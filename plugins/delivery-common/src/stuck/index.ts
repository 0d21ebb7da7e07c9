export * from './whyStuck';
