export { ProjectScopedArgoCdClient } from './ProjectScopedArgoCdClient';
