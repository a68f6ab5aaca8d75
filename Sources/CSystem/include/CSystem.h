#pragma once
#include "CSignals.h"
#include "CStart.h"
#include "SystemPoll.h"
