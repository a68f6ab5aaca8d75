#pragma once
#include "CSignals.h"
#include "CStart.h"
#include "CTerminal.h"
#include "SystemPoll.h"
