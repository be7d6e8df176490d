"""Answers exported by 问卷星 → surveys, questions, counted results, and single answers in exchange packages."""

from circledata.convert.survey.convert import convert_survey
from circledata.convert.survey.options import SurveyOptions, survey_options

__all__ = ["SurveyOptions", "convert_survey", "survey_options"]
