// Made by docs/make.py from the models of tropa.model; a test compares. Do not edit.

import type { Json, Text } from "./words";

export interface MapValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly kind: "as-is" | "to-be";
  readonly language: string;
  readonly tags: readonly WordValue[];
  readonly author?: string;
  readonly version?: string;
  readonly date?: string;
  readonly about?: Text;
  readonly scenario?: Text;
  readonly persona?: string;
  readonly personas: readonly PersonaValue[];
  readonly segments: readonly SegmentValue[];
  readonly people: readonly PersonValue[];
  readonly simulated: boolean;
  readonly proposal: boolean;
  readonly bought_again: boolean;
  readonly money: MoneyValue;
  readonly limits: LimitsValue;
  readonly shelf_life?: string;
  readonly scores: readonly ScoreValue[];
  readonly targets: readonly TargetValue[];
  readonly lanes: readonly LaneValue[];
  readonly views: readonly ViewValue[];
  readonly stages: readonly StageValue[];
  readonly loops: readonly LoopValue[];
  readonly improvements: readonly ImprovementValue[];
  readonly comparison?: ComparisonValue;
}

export interface PersonaValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly about?: Text;
  readonly demographics?: Text;
  readonly needs: readonly StatementValue[];
  readonly pains: readonly StatementValue[];
  readonly goals: readonly StatementValue[];
  readonly expects: readonly StatementValue[];
  readonly quote?: Text;
  readonly picture?: string;
  readonly share?: number;
  readonly segment?: string | Json;
}

export interface SegmentValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly rule: Json;
}

export interface PersonValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
}

export interface MoneyValue {
  readonly currency: string;
  readonly margin?: number;
  readonly deal_value?: number;
}

export interface LimitsValue {
  readonly window?: string;
  readonly silence?: string;
  readonly settle?: string;
  readonly horizon?: string;
  readonly session?: string;
  readonly session_by: "silence" | "source";
}

export interface ScoreValue {
  readonly $key: string;
  readonly when: Json;
  readonly instrument: "nps" | "csat" | "ces" | "stars" | "ten" | "native";
}

export interface TargetValue {
  readonly $key: string;
  readonly stage: string;
  readonly kind: "exit" | "loop";
  readonly exit_rate: number;
}

export interface LaneValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly kind: "text" | "list" | "number" | "image" | "curve" | "file";
  readonly level: "stage" | "touchpoint";
}

export interface ViewValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly hide: readonly string[];
  readonly stages: readonly string[];
}

export interface StageValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly after?: readonly string[];
  readonly when?: Json;
  readonly deal?: Json;
  readonly window?: string;
  readonly silence?: string;
  readonly goal?: GoalValue;
  readonly does: readonly StatementValue[];
  readonly thinks: readonly StatementValue[];
  readonly asks: readonly StatementValue[];
  readonly doubts: readonly StatementValue[];
  readonly expects: readonly StatementValue[];
  readonly feels?: FeelsValue;
  readonly barriers: readonly BarrierValue[];
  readonly strengths: readonly StatementValue[];
  readonly pains: readonly PainValue[];
  readonly opportunities: readonly OpportunityValue[];
  readonly brand?: BrandValue;
  readonly front_stage: readonly StatementValue[];
  readonly back_stage: readonly StatementValue[];
  readonly metrics: readonly MetricValue[];
  readonly owner?: string;
  readonly moment_of_truth: boolean;
  readonly figures: readonly FigureValue[];
  readonly touchpoints: readonly TouchpointValue[];
  readonly stages: readonly SubStageValue[];
  readonly opens?: string;
  readonly at?: readonly [number, number];
  readonly cells: Readonly<Record<string, CellValue>>;
}

export interface LoopValue {
  readonly $key: string;
  readonly from: string;
  readonly to: string;
  readonly kind: "loyalty" | "bad-experience" | "rework";
  readonly when?: Json;
  readonly text?: Text;
}

export interface ImprovementValue {
  readonly $key: string;
  readonly id: string;
  readonly text: Text;
  readonly stage: string;
  readonly pain?: string;
  readonly owner?: string;
  readonly due?: string;
  readonly status: "idea" | "planned" | "doing" | "testing" | "done" | "dropped";
  readonly impact?: number;
  readonly confidence?: number;
  readonly effort?: number;
  readonly effect?: Text;
}

export interface ComparisonValue {
  readonly stage?: string;
  readonly positioning?: Text;
  readonly rivals: readonly RivalValue[];
  readonly criteria: readonly CriterionValue[];
}

export interface StatementValue {
  readonly $key: string;
  readonly text: Text;
  readonly evidence: readonly EvidenceValue[];
}

export interface FeelsValue {
  readonly score?: number;
  readonly words: readonly LineValue[];
  readonly personas: readonly PersonaScoreValue[];
  readonly evidence: readonly EvidenceValue[];
}

export interface BarrierValue {
  readonly $key: string;
  readonly text: Text;
  readonly kind: string;
  readonly evidence: readonly EvidenceValue[];
}

export interface PainValue {
  readonly $key: string;
  readonly id: string;
  readonly text: Text;
  readonly severity: number;
  readonly owner?: string;
  readonly evidence: readonly EvidenceValue[];
}

export interface OpportunityValue {
  readonly $key: string;
  readonly id: string;
  readonly text: Text;
  readonly kind: string;
  readonly owner?: string;
  readonly evidence: readonly EvidenceValue[];
}

export interface BrandValue {
  readonly goal?: Text;
  readonly task?: string;
  readonly does: readonly StatementValue[];
}

export interface MetricValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly reading?: string;
  readonly at_least?: number;
  readonly at_most?: number;
  readonly owner?: string;
}

export interface FigureValue {
  readonly $key: string;
  readonly reading: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly n?: number;
  readonly period?: string;
  readonly source?: string;
  readonly date?: string;
}

export interface TouchpointValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly channel?: string;
  readonly when?: Json;
  readonly does: readonly StatementValue[];
  readonly thinks: readonly StatementValue[];
  readonly asks: readonly StatementValue[];
  readonly doubts: readonly StatementValue[];
  readonly feels?: FeelsValue;
  readonly pains: readonly PainValue[];
  readonly opportunities: readonly OpportunityValue[];
  readonly front_stage: readonly StatementValue[];
  readonly back_stage: readonly StatementValue[];
  readonly owner?: string;
  readonly moment_of_truth: boolean;
  readonly droppable: boolean;
  readonly figures: readonly FigureValue[];
  readonly cells: Readonly<Record<string, CellValue>>;
}

export interface SubStageValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly touchpoints: readonly TouchpointValue[];
}

export interface CellValue {
  readonly text?: Text;
  readonly items: readonly StatementValue[];
  readonly number?: number;
  readonly unit?: string;
  readonly image?: string;
  readonly file?: string;
  readonly curve?: number;
  readonly evidence: readonly EvidenceValue[];
}

export interface RivalValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly us: boolean;
}

export interface CriterionValue {
  readonly $key: string;
  readonly id: string;
  readonly title: Text;
  readonly weight: number;
  readonly scores: readonly RivalScoreValue[];
}

export interface PersonaScoreValue {
  readonly $key: string;
  readonly persona: string;
  readonly score: number;
}

export interface RivalScoreValue {
  readonly $key: string;
  readonly rival: string;
  readonly score: number;
  readonly evidence: readonly EvidenceValue[];
}

export interface LineValue {
  readonly $key: string;
  readonly text: Text;
}

export interface WordValue {
  readonly $key: string;
  readonly value: string;
}

export interface GoalValue {
  readonly text: Text;
  readonly evidence: readonly EvidenceValue[];
}

/** Kept whole: exactly one of the first seven says what kind it is. */
export interface EvidenceValue {
  readonly $key: string;
  readonly quote?: string;
  readonly visit?: string;
  readonly interview?: string;
  readonly file?: string;
  readonly link?: string;
  readonly reading?: string;
  readonly experiment?: string;
  readonly source?: Text;
  readonly date?: string;
  readonly n?: number;
}
