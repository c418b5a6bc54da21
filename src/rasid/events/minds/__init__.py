"""Other minds that find events through the same contract: never needed, each an extra (rasid[neural], rasid[llm])."""
