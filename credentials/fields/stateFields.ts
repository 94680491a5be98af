import type { INodeProperties } from 'n8n-workflow';
import { docs } from './docs';

/** Where state is kept, what of it, and for how long. */
export const stateFields: INodeProperties[] = [
	{
		displayName: 'Keep State In',
		name: 'stateStore',
		type: 'options',
		options: [
			{ name: 'File on This Machine (SQLite)', value: 'sqlite' },
			{ name: 'PostgreSQL', value: 'postgres' },
			{ name: 'Nowhere', value: 'off' },
		],
		default: 'sqlite',
		description:
			'Where to remember what was sent and received, so that nothing is sent or received twice. Choose PostgreSQL if n8n runs in queue mode or on several machines.',
	},
	{
		displayName: 'PostgreSQL Host',
		name: 'postgresHost',
		type: 'string',
		default: 'localhost',
		description: 'Name or address of the database server, as n8n reaches it',
		displayOptions: { show: { stateStore: ['postgres'] } },
	},
	{
		displayName: 'PostgreSQL Port',
		name: 'postgresPort',
		type: 'number',
		default: 5432,
		description: 'Port of the database server, 5432 unless it was changed',
		displayOptions: { show: { stateStore: ['postgres'] } },
	},
	{
		displayName: 'PostgreSQL Database',
		name: 'postgresDatabase',
		type: 'string',
		default: '',
		description: 'The tables are created in a schema of their own, whatsapp_cloud',
		displayOptions: { show: { stateStore: ['postgres'] } },
	},
	{
		displayName: 'PostgreSQL User',
		name: 'postgresUser',
		type: 'string',
		default: '',
		description:
			'Needs permission to create the schema the first time, then to read and write in it',
		displayOptions: { show: { stateStore: ['postgres'] } },
	},
	{
		displayName: 'PostgreSQL Password',
		name: 'postgresPassword',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Password of this user. It is stored with the other secrets of this credential.',
		displayOptions: { show: { stateStore: ['postgres'] } },
	},
	{
		displayName: 'PostgreSQL Encryption',
		name: 'postgresTls',
		type: 'options',
		options: [
			{ name: 'Off', value: 'off' },
			{ name: 'TLS, Any Certificate', value: 'unverified' },
			{ name: 'TLS, Verified Certificate', value: 'verified' },
		],
		default: 'off',
		description:
			'Whether the connection is encrypted, and whether the server must prove its identity',
		displayOptions: { show: { stateStore: ['postgres'] } },
	},
	{
		displayName: 'PostgreSQL CA Certificate',
		name: 'postgresCaCertificate',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: '-----BEGIN CERTIFICATE-----',
		description: 'Only needed if the certificate of the server is from your own authority',
		displayOptions: { show: { stateStore: ['postgres'], postgresTls: ['verified'] } },
	},
	{
		displayName: 'Hash Recipients',
		name: 'hashIdentifiers',
		type: 'boolean',
		default: false,
		description: `Whether the state holds phone numbers and user IDs only as hashes, keyed with the app secret. <a href="${docs}/state.md#hashed-recipients">What this covers</a>.`,
		displayOptions: { hide: { stateStore: ['off'] } },
	},
	{
		displayName: 'Forward to Private Addresses',
		name: 'allowPrivateForwards',
		type: 'boolean',
		default: false,
		description:
			'Whether <b>Forward Webhooks To</b> of a trigger may name addresses of your own network, and http',
		displayOptions: { hide: { stateStore: ['off'] } },
	},
	{
		displayName: 'Keep State For',
		name: 'retentionDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3650 },
		default: 90,
		hint: 'In days',
		description:
			'Older messages and statuses are deleted. Retrying an execution after that sends again.',
		displayOptions: { hide: { stateStore: ['off'] } },
	},
	{
		displayName: 'Keep Texts',
		name: 'keepTexts',
		type: 'boolean',
		default: false,
		hint: 'For the memory of AI agents and Contact › Get Messages',
		description: `Whether the state keeps what people and the business write to each other, encrypted with the app secret. <a href="${docs}/memory.md">What is kept</a>.`,
		displayOptions: { hide: { stateStore: ['off'] } },
	},
	{
		displayName: 'Keep Texts For',
		name: 'textRetentionDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3650 },
		default: 30,
		hint: 'In days',
		description: 'Older texts are deleted, whether Keep Texts is on or off by then',
		displayOptions: { show: { keepTexts: [true] }, hide: { stateStore: ['off'] } },
	},
];
