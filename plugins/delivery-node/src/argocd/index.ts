export * from './types';
export * from './watchTypes';
export * from './client';
export * from './config';
export * from './watch';
export { CORRELATION_ID_INFO } from './decode';
export { DefaultArgoCdInstances } from './DefaultArgoCdInstances';
export { argoCdInstancesServiceRef } from './service';
