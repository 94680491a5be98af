import { orphanedConfirmations } from './schema/confirmationSchema';
import { consentTrail } from './schema/consentSchema';
import { forwardOrder, forwardTable } from './schema/forwardSchema';
import { inboundTables } from './schema/inboundSchema';
import {
	heldDeliveries,
	inboxTables,
	leanDeliveries,
	withoutEmissions,
} from './schema/inboxSchema';
import { executionTimes, operationTables } from './schema/operationSchema';
import { contactRules } from './schema/outboxRulesSchema';
import { questionTables, waitsOfExecution } from './schema/questionSchema';
import type { SchemaStep } from './schema/schemaStep';
import { statusTables } from './schema/statusSchema';
import { textTable } from './schema/textSchema';

/**
 * The schema, step by step: the number of steps done is the version. Never change a released step;
 * add a new one.
 */
export const migrations: readonly SchemaStep[] = [
	[...operationTables, ...statusTables, ...inboundTables],
	executionTimes,
	inboxTables,
	heldDeliveries,
	questionTables,
	withoutEmissions,
	waitsOfExecution,
	consentTrail,
	contactRules,
	forwardTable,
	textTable,
	forwardOrder,
	orphanedConfirmations,
	leanDeliveries,
];
