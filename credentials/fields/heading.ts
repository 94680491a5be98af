import type { INodeProperties } from 'n8n-workflow';

/** A line that begins a section. */
export function heading(name: string, displayName: string): INodeProperties {
	return { displayName, name, type: 'notice', default: '' };
}
