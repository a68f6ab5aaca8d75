#pragma once
#include "CSignals.h"
#include "SystemPoll.h"
