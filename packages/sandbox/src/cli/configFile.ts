import { z } from 'zod';
import {
  argocdConfigSchema,
  ecrConfigSchema,
  gitConfigSchema,
  imageUpdaterConfigSchema,
} from '../config';

const { kubernetes } = imageUpdaterConfigSchema.shape;

/** The schema of a `--config` file: any part of a `SandboxConfig`. */
export const configFileSchema = z.strictObject({
  stateDir: z.string().optional(),
  host: z.string().optional(),
  git: gitConfigSchema.partial().optional(),
  ecr: ecrConfigSchema.partial().optional(),
  argocd: argocdConfigSchema.partial().optional(),
  imageUpdater: imageUpdaterConfigSchema
    .partial()
    .extend({ kubernetes: kubernetes.partial().optional() })
    .optional(),
});
