export * from './entityRefMark';
