import { z } from 'zod';
import { BusinessValue } from './business-value.ts';
import { Column } from './column.ts';
import { GatePolicy } from './gate-policy.ts';
import { ModelName } from './identifiers.ts';
import { LabelSource, LogSource } from './log-source.ts';
import { MetricName } from './metric.ts';
import { MonitoringPolicy } from './monitoring-policy.ts';
import { RetrainingPolicy } from './retraining-policy.ts';
import { Role } from './role.ts';
import { ServicePolicy } from './service-policy.ts';
import { SliceDefinition } from './slice-definition.ts';
import { Task } from './task.ts';
import { TrainingPolicy } from './training-policy.ts';

/** models/<model>/model.yml: scope, data contract, logs, monitoring, training, gate, rollout, retraining and value of one model. */
export const ModelDefinition = z
  .strictObject({
    schemaVersion: z.literal(1),
    name: ModelName,
    task: Task,
    objective: z.string().min(1).describe('The decision that the model serves, in one sentence'),
    notice: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .describe('Said wherever the model is shown: on its pages, in its issues and pull requests; e.g. that its data is simulated'),
    outOfScope: z.array(z.string()).default([]).describe('Uses that the model is not meant for'),
    owner: Role,
    stakeholders: z.array(Role).min(1),
    successMetrics: z.array(z.strictObject({ metric: MetricName, target: z.number(), why: z.string() })).min(1),
    constraints: z.array(z.string()).default([]),
    ethicalConsiderations: z.array(z.string()).default([]),
    columns: z.array(Column).min(1),
    slices: z.array(SliceDefinition).default([]).describe('Parts of the rows that may not get worse, wherever they lie'),
    logs: LogSource,
    labels: LabelSource,
    monitoring: MonitoringPolicy.prefault({}),
    training: TrainingPolicy.prefault({}),
    gate: GatePolicy,
    rollout: z
      .strictObject({
        strategy: z.literal('replace').default('replace'),
        verifyWindows: z
          .int()
          .positive()
          .default(7)
          .describe('Labelled windows after a promotion before promised is compared with observed'),
      })
      .prefault({}),
    retraining: RetrainingPolicy.prefault({}),
    businessValue: BusinessValue.optional(),
    service: ServicePolicy.prefault({}),
    privacy: z
      .strictObject({
        minimumCount: z
          .int()
          .positive()
          .default(20)
          .describe('Categories of fewer ids fold into `other` before anything is stored or shown'),
      })
      .prefault({}),
    dashboard: z
      .strictObject({ publish: z.boolean().default(true), audience: z.enum(['public', 'internal']).default('internal') })
      .prefault({}),
  })
  .meta({ id: 'ModelDefinition', title: 'Holdfast model definition' });
/** A definition with all defaults filled in. */
export type ModelDefinition = z.infer<typeof ModelDefinition>;
/** A definition as people write it. */
export type WrittenModelDefinition = z.input<typeof ModelDefinition>;
