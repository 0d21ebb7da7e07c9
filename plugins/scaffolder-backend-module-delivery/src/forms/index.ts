export { createFormRouter } from './createFormRouter';
export { readFormConfig } from './readFormConfig';
export { TemplatePreview } from './TemplatePreview';
