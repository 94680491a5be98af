import { flowField } from '../../fields/locators/flowField';
import { addressed } from '../../node/management/graphOperation';
import { targetOf } from '../../node/management/target';
import type { Run } from '../../node/run';
import { idOfForm } from '../../values/id';

/** The permission that everything about Flows needs. */
export const flowPermission = 'whatsapp_business_management';

/** One Flow, by its ID. */
export const flow = targetOf({
	label: 'Flow',
	fields: [flowField({ mayBeName: false })],
	shape: { flow: idOfForm(/^\d+$/, 'must be the ID of a Flow, which consists of digits only') },
	idOf: (_run, { flow: id }) => id,
});

/** What each call on a Flow carries. */
export const onFlow = (run: Run, id: string) =>
	addressed({ permission: flowPermission, target: flow }, { run, id });
