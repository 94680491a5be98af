import type { INodeProperties } from 'n8n-workflow';
import { contactRuleFields } from './contactRuleFields';
import { graphFields, versionWarnings } from './graphFields';
import { heading } from './heading';
import { stateFields } from './stateFields';

/** What the defaults suit almost always; hidden until Advanced Settings is on. */
const advancedFields = [...graphFields, ...stateFields, ...contactRuleFields];

/** Adds a condition to a field: whether Advanced Settings is on. */
const shownWhile = (isOn: boolean, field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: {
		...field.displayOptions,
		show: { advancedSettings: [isOn], ...field.displayOptions?.show },
	},
});

/** n8n forgets a value without a field: while the switch is off, a hidden one keeps it in force. */
const keptValues = advancedFields.map((field) => shownWhile(false, { ...field, type: 'hidden' }));

/** What is in force, though the switch hides it. */
const hiddenValuesNotices = advancedFields
	.filter(({ displayOptions }) => displayOptions?.show === undefined)
	.map((field) =>
		shownWhile(false, {
			...heading(`${field.name}IsSet`, `<b>${field.displayName}</b> is set in Advanced Settings`),
			displayOptions: {
				show: { [field.name]: [{ _cnd: { exists: true as const } }] },
				hide: { [field.name]: [field.default as string | number | boolean] },
			},
		}),
	);

/** The switch, and all that it shows and hides. */
export const advancedSettings: INodeProperties[] = [
	{
		displayName: 'Advanced Settings',
		name: 'advancedSettings',
		type: 'boolean',
		default: false,
		description:
			'Whether to show the standby token, the Graph API and where state is kept. What is set there counts while they are hidden, too.',
	},
	...hiddenValuesNotices,
	...versionWarnings,
	...advancedFields.map((field) => shownWhile(true, field)),
	...keptValues,
];
