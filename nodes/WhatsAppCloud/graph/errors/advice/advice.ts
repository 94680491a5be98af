import type { ErrorClass } from '../errorClass';
import { adviceByClass } from './adviceByClass';
import type { Advice } from './adviceText';
import { callAdvice } from './callAdvice';
import { messageAdvice } from './messageAdvice';
import { numberAdvice } from './numberAdvice';
import { templateAdvice } from './templateAdvice';

/** Advice for codes that the advice for their class does not fit. */
const adviceByCode: ReadonlyMap<number, Advice> = new Map(
	[...messageAdvice, ...templateAdvice, ...numberAdvice, ...callAdvice].map(
		([code, problem, next]) => [code, [problem, next]],
	),
);

/** What happened and what to do next. */
export const adviceOn = (code: number, errorClass: ErrorClass): Advice =>
	adviceByCode.get(code) ?? adviceByClass[errorClass];
